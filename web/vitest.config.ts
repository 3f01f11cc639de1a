import { defineConfig } from 'vitest/config';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  test: { include: ['tests/**/*_test.ts', 'tests/**/*_test.tsx'], environment: 'jsdom', setupFiles: ['tests/browser.ts'] },
});
