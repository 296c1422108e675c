/** The package has types for its main entry only, which does more than is wanted: see undici-handler.ts. */
declare module 'undici/lib/dispatcher/agent.js' {
  // biome-ignore lint/style/noDefaultExport: it is what that module has
  export { Agent as default } from 'undici';
}
