import { whenAtRest } from '../shared/lazy';

// What the inbox does without until its page is drawn or a hand asks for it: a file of its own (rest.ts).
const rest = whenAtRest(() => import('./rest'));
const answers = whenAtRest(() => import('./answers'));

export const { use: act, prefetch: fetchRest } = rest;
export const ActionLine = rest.part((file) => file.ActionLine);
export const Empty = rest.part((file) => file.Empty);
export const MayBelongBar = rest.part((file) => file.MayBelongBar);
export const ConflictBar = rest.part((file) => file.ConflictBar);
export const Offers = rest.part((file) => file.Offers);
export const Uploads = rest.part((file) => file.Uploads);
export const Markdown = rest.part((file) => file.Markdown);

export const { use: withAnswers } = answers;
export const AnswersPanel = answers.part((file) => file.AnswersPanel);
export const TriedLines = answers.part((file) => file.TriedLines);
