// node scripts/sample/more.mjs desk|visits: what fifteen_sample reads: a site with the widget and ideas, or what visitors did beside their drafts.
import { lines } from './ideas.mjs';
import { seen } from './past.mjs';

const site = { type: 'site', name: 'Studio', origins: ['http://127.0.0.1:8015'] };
process.stdout.write((process.argv[2] === 'visits' ? seen : [site, ...lines]).map((line) => `${JSON.stringify(line)}\n`).join(''));
