import type { AppManifest } from '#platform/kernel/app.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { catalog } from '#platform/catalog/app.ts';

/** Every module of this installation, providers before their takers. What is not listed here does not exist. */
export const manifests: readonly AppManifest[] = [access, audit, catalog];
