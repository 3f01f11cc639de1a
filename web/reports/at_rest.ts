import { whenAtRest } from '../shared/lazy';

// What the first view does without, fetched once it is drawn.
export const more = whenAtRest(() => import('./more'));
export const peopleNeeded = whenAtRest(() => import('./people_needed'));
export const deflection = whenAtRest(() => import('./deflection'));
export const thanks = whenAtRest(() => import('./thanks'));
