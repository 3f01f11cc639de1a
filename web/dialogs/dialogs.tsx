import english from '../locales/en.json?keys,palette,chooser,assign,tags,new,field';
import { addEnglish } from '../shared/i18n';
import { hands, openDialog } from '../shared/open_dialogs';
import { Assign } from './assign';
import { NewTicket } from './new_ticket';
import { KeyList, Palette } from './palette';
import { Tags } from './tags';

addEnglish(english);

// What opens over a page on a key: loaded when the page is at rest, so the first view stays light.
export default function Dialogs() {
  switch (openDialog.value) {
    case 'palette': return <Palette />;
    case 'keys': return <KeyList />;
    case 'assign': return <Assign />;
    case 'new-ticket': return <NewTicket />;
    case 'tags': {
      const ticket = hands.value?.selected();
      return ticket && <Tags ticket={ticket} />;
    }
    default: return null;
  }
}
