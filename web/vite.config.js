import { defineConfig } from 'vite';
import { fontsAsFiles, PAGE_TO_FILES, precompress, preloadEditor, withoutSecondMonacoStyle } from './vite-plugins.js';

/** The GraphiQL page, as static files for a strict content security policy. The gateway serves it at GET /graphql. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // Every URL is relative, so that the page also works below a path prefix of a proxy.
  experimental: {
    renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `${PAGE_TO_FILES}${file}` : { relative: true }),
  },
  plugins: [fontsAsFiles(), withoutSecondMonacoStyle(), preloadEditor(), precompress()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/graphiql',
    emptyOutDir: true,
    target: 'es2022',
    // Files rather than data: URLs, which the policy need not allow then; and only Chromium 65 and older want the polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Monaco is one piece of 2.8 MB; splitting it would not make it arrive sooner.
    chunkSizeWarningLimit: 3_000,
    rolldownOptions: { checks: { moduleLevelDirective: false, pluginTimings: false } },
  },
});
