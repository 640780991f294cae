import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** Two pages in files of their own: nothing inline, so that the policy of both shells can forbid all inline code. */
export default defineConfig({
  root,
  base: './',
  plugins: [react()],
  build: {
    outDir: join(root, '../dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome120', 'firefox121', 'safari17'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Read from the disk or from this machine: one file with the words of both languages is the quickest.
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      input: { index: join(root, 'index.html'), confirmation: join(root, 'confirmation.html') },
    },
  },
});
