import english from '../locales/en.json?keys,palette,chooser,assign,tags,merge,composer,message,new,notice,notices,field,theme';
import looks from '../styles/screens/dialogs.css?inline';
import { addEnglish } from '../shared/i18n';
import { addLooks, whenAtRest } from '../shared/lazy';
import { closeDialog, hands, openDialog, taught } from '../shared/open_dialogs';
import { Assign } from './assign';
import { Merge } from './merge';
import { NewTicket } from './new_ticket';
import { Notices } from './notices';
import { KeyList, Palette } from './palette';
import { Tags } from './tags';

export { takeNotices } from './take_notices';

addEnglish(english);
addLooks(looks);

const TaughtLessons = whenAtRest(() => import('./taught')).part((file) => file.TaughtLessons, closeDialog);
const Erase = whenAtRest(() => import('./erase')).part((file) => file.Erase, closeDialog);
const LinkIdea = whenAtRest(() => import('../ideas/link_idea')).part((file) => file.LinkIdea, closeDialog);
const Split = whenAtRest(() => import('./split')).part((file) => file.Split, closeDialog);
const WhyWaits = whenAtRest(() => import('./why_waits')).part((file) => file.WhyWaits, closeDialog);

// What opens over a page on a key: loaded when the page is at rest, so the first view stays light.
export default function Dialogs() {
  const ticket = openDialog.value && hands.value?.selected();
  switch (openDialog.value) {
    case 'palette': return <Palette />;
    case 'keys': return <KeyList />;
    case 'assign': return <Assign />;
    case 'new-ticket': return <NewTicket />;
    case 'notices': return <Notices />;
    case 'taught': return taught.value && <TaughtLessons />;
    case 'tags': return ticket && <Tags ticket={ticket} />;
    case 'erase': return ticket && <Erase ticket={ticket} />;
    case 'link-idea': return ticket && <LinkIdea ticket={ticket} />;
    case 'merge': return ticket && <Merge ticket={ticket} />;
    case 'waits': return ticket && <WhyWaits ticket={ticket} />;
    case 'split': return ticket && <Split ticket={ticket} />;
    default: return null;
  }
}
