// node scripts/count.mjs KIND FILE: reads a test runner's own results and prints "passed failed skipped".
// KIND: gtest (--gtest_output=json), vitest (--reporter=json), tap (node --test), unittest (Python's, several runs in a row).
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
  unittest() {
    const runs = [...text.matchAll(/^Ran (\d+) tests? in .*\n\n(OK|FAILED)(.*)$/gm)];
    if (!runs.length) throw new Error('no run ended');
    const sum = [0, 0, 0];
    for (const [, ran, , counts] of runs) {
      const count = (word) => Number(counts.match(new RegExp(`\\b${word}=(\\d+)`))?.[1] ?? 0);
      const [failed, skipped] = [count('failures') + count('errors'), count('skipped')];
      sum[0] += ran - failed - skipped;
      sum[1] += failed;
      sum[2] += skipped;
    }
    return sum;
  },
};
console.log(readers[kind]().join(' '));
