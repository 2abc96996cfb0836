// Generated from the manifests. Do not edit.
import type { Page } from './page.ts';

export const pages: Page[] = [];
