import type { AppManifest } from '#platform/kernel/app.ts';
import { hotlineSimulator } from './hotline/app.ts';
import { paySimulator } from './pay/app.ts';
import { peripheralsSimulator } from './peripherals/app.ts';

/** Systems outside that the sample district simulates inside the server, each with a schema of its own. */
export const partnerManifests: readonly AppManifest[] = [paySimulator, peripheralsSimulator, hotlineSimulator];
