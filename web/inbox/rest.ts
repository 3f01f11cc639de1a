import english from '../locales/en.json?empty,done,conflict,action,saved';
import { addEnglish } from '../shared/i18n';

addEnglish(english);

export * from './action_line';
export * from './actions';
export * from './bars';
export * from './edits';
export * from './empty';
export * from './markdown';
export * from './offers';
export * from './sending';
export * from './uploads';
