// Generated from /openapi.json. Do not edit.
export type paths = Record<string, never>;
