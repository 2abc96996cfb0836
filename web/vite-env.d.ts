/// <reference types="vite/client" />

/** The style variables made of `design/tokens.ts` by the plugin in `vite.config.ts`. */
declare module 'virtual:tokens.css';
