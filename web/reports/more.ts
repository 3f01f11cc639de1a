import english from '../locales/en.json?behind,choose,dates,days';
import looks from '../styles/screens/reports_more.css?inline';
import { addEnglish } from '../shared/i18n';
import { addLooks } from '../shared/lazy';

addEnglish(english);
addLooks(looks);

export * from './csv';
export * from './data_table';
export * from './days';
export * from './over';
