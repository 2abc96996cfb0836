import type { AppManifest } from '#platform/kernel/app.ts';
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
import { identity } from '#platform/identity/app.ts';
import { indicator } from '#platform/indicator/app.ts';
import { linkage } from '#platform/linkage/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { series } from '#platform/series/app.ts';
import { service } from '#platform/service/app.ts';
import { theme } from '#platform/theme/app.ts';
import { openData } from '#apps/foundation/open-data/app.ts';
import { dataCentre } from '#apps/foundation/data-centre/app.ts';
import { community } from '#apps/livelihood/community/app.ts';
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
  linkage,
  geo,
  space,
  dispute,
  population,
  legalEntity,
  economy,
  service,
  dataCentre,
  openData,
  community,
  clinic,
];
