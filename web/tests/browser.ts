// What jsdom lacks of a browser and modules ask for when they load.
Object.defineProperty(globalThis, 'matchMedia', {
  value: (query: string) => ({ matches: query.includes('min-width'), media: query, addEventListener() {}, removeEventListener() {} }),
});
