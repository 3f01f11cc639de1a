// node scripts/count.mjs KIND FILE: reads a test runner's own results and prints "passed failed skipped".
// KIND: gtest (--gtest_output=json), vitest (--reporter=json), tap (node --test).
import { readFileSync } from 'node:fs';

const [kind, file] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const readers = {
  gtest() {
    const cases = JSON.parse(text).testsuites.flatMap((suite) => suite.testsuite);
    const failed = cases.filter((one) => one.failures?.length).length;
    const skipped = cases.filter((one) => one.status !== 'RUN' || one.result === 'SKIPPED').length;
    return [cases.length - failed - skipped, failed, skipped];
  },
  vitest() {
    const sum = JSON.parse(text);
    return [sum.numPassedTests, sum.numFailedTests + sum.numFailedTestSuites * (sum.numFailedTests ? 0 : 1), sum.numPendingTests + sum.numTodoTests];
  },
  tap() {
    const count = (word) => Number(text.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
    return [count('pass'), count('fail') + count('cancelled'), count('skipped')];
  },
};
console.log(readers[kind]().join(' '));
