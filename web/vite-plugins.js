import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Path from the page, which is served at /graphql, to its files below /graphiql/. */
export const PAGE_TO_FILES = './graphiql/';

/** Below this, headers weigh more than what compression saves. */
const WORTH_COMPRESSING_BYTES = 1_024;

/** Level 6 is within 3 % of the size of level 9 here; 11 would take longer than the rest of the build. */
const BROTLI_QUALITY = 6;

/** GraphiQL's style sheet carries 26 fonts as data: URLs. As files, only the three that are used are loaded. */
export function fontsAsFiles() {
  const pattern = /url\(data:font\/(\w+);base64,([A-Za-z0-9+/=]+)\)/g;
  return {
    name: 'fonts-as-files',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.css') || !code.includes('data:font/')) return null;
      return code.replace(pattern, (_match, type, base64) => {
        const file = this.emitFile({ type: 'asset', name: `font.${type}`, source: Buffer.from(base64, 'base64') });
        return `url(__VITE_ASSET__${file}__)`;
      });
    },
  };
}

/** Monaco imports its style sheets module by module; graphiql/style.css holds all of them already. */
export function withoutSecondMonacoStyle() {
  const empty = '\0empty-style';
  return {
    name: 'without-second-monaco-style',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source.endsWith('.css') && importer?.includes('/monaco-editor/esm/') ? empty : null,
    load: (id) => (id === empty ? 'export {};' : null),
  };
}

/** Loads the editor beside the page's own code. GraphiQL imports it only once that runs: a round trip later. */
export function preloadEditor() {
  return {
    name: 'preload-editor',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const entry = Object.values(bundle).find(({ facadeModuleId }) =>
          facadeModuleId?.endsWith('/monaco-graphql/esm/lite.js'),
        );
        // A set gains members while it is walked: so this ends with all that the editor imports, directly or not.
        const files = new Set(entry ? [entry.fileName] : []);
        for (const file of files) for (const imported of bundle[file].imports) files.add(imported);
        return [...files]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `${PAGE_TO_FILES}${file}` },
            injectTo: 'head',
          }));
      },
    },
  };
}

/** Writes a .br and a .gz beside each asset, so that the gateway compresses nothing while it serves. */
export function precompress() {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir }) {
      const assets = join(dir, 'assets');
      const names = (await readdir(assets)).filter((name) => /\.(js|css|svg|ttf|html|json)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const file = join(assets, name);
          const content = await readFile(file);
          if (content.length < WORTH_COMPRESSING_BYTES) return;
          const params = {
            [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
          };
          await Promise.all([
            brotli(content, { params }).then((compressed) => writeFile(`${file}.br`, compressed)),
            zip(content).then((compressed) => writeFile(`${file}.gz`, compressed)),
          ]);
        }),
      );
    },
  };
}
