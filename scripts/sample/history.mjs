// node scripts/sample/history.mjs: the sample desk's past as a history file on standard output.
import { history } from './past.mjs';

process.stdout.write(history.map((line) => `${JSON.stringify(line)}\n`).join(''));
