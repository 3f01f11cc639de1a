import english from '../locales/en.json?answers';
import looks from '../styles/screens/answers.css?inline';
import { addEnglish } from '../shared/i18n';
import { addLooks } from '../shared/lazy';

addEnglish(english);
addLooks(looks);

// What agents see of suggestions beyond their titles.
export * from './answer_deeds';
export * from './answers_panel';
export * from './tried';
