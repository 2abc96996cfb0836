import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppManifest } from '#platform/kernel/app.ts';
import type { Config } from '#platform/kernel/config.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { objection } from '#platform/audit/objection/app.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { economy } from '#platform/basedata/economy/app.ts';
import { legalEntity } from '#platform/basedata/legal-entity/app.ts';
import { population } from '#platform/basedata/population/app.ts';
import { space } from '#platform/basedata/space/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { gateway } from '#platform/exchange/gateway/app.ts';
import { geo } from '#platform/geo/app.ts';
import { incident } from '#platform/case/app.ts';
import { identity } from '#platform/identity/app.ts';
import { districtFolder } from '#platform/identity/organisation.ts';
import { indicator } from '#platform/indicator/app.ts';
import { inspection } from '#platform/inspection/app.ts';
import { ledger } from '#platform/ledger/app.ts';
import { linkage } from '#platform/linkage/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { series } from '#platform/series/app.ts';
import { service } from '#platform/service/app.ts';
import { signal } from '#platform/signal/app.ts';
import { theme } from '#platform/theme/app.ts';
import { serviceHall } from '#apps/government/service-hall/app.ts';
import { workflow } from '#platform/workflow/app.ts';
import { openData } from '#apps/foundation/open-data/app.ts';
import { dataCentre } from '#apps/foundation/data-centre/app.ts';
import { evaluation } from '#apps/foundation/evaluation/app.ts';
import { community } from '#apps/livelihood/community/app.ts';
import { grid } from '#apps/governance/grid/app.ts';
import { operationsCentre } from '#apps/governance/operations-centre/app.ts';
import { clinic } from '#examples/clinic/app.ts';

/** Every module of this installation, providers before their takers. What is not listed here does not exist. */
export const manifests: readonly AppManifest[] = [
  identity,
  rulebook,
  calendar,
  access,
  audit,
  objection,
  search,
  catalog,
  document,
  exchange,
  gateway,
  indicator,
  series,
  theme,
  workflow,
  signal,
  ledger,
  linkage,
  geo,
  space,
  dispute,
  population,
  legalEntity,
  economy,
  incident,
  service,
  inspection,
  dataCentre,
  openData,
  serviceHall,
  evaluation,
  community,
  grid,
  operationsCentre,
  clinic,
];

/** The modules of this installation, and in a sample district the partners that it simulates (`partners/manifests.ts` of the district). */
export async function installedManifests({
  root,
  sample,
}: Pick<Config, 'root' | 'sample'>): Promise<readonly AppManifest[]> {
  const partners = sample ? join(districtFolder(root), 'partners/manifests.ts') : '';
  if (!existsSync(partners)) return manifests;
  const { partnerManifests } = (await import(pathToFileURL(partners).href)) as {
    partnerManifests: readonly AppManifest[];
  };
  return [...manifests, ...partnerManifests];
}
