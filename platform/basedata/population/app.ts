import { app } from '#platform/kernel/app.ts';
import { verifyService } from '#platform/exchange/gateway/service.ts';
import { qualityFacts } from '#platform/catalog/quality/facts.ts';
import { loadJob } from '#platform/exchange/load.ts';
import { ID_KIND, importTarget } from '#platform/exchange/target.ts';
import { baseKeys } from '#platform/theme/base-keys.ts';
import { personKeys } from './base-key.ts';
import { disputedBase } from '#platform/basedata/dispute/disputed-base.ts';
import { cardAttributes } from '#platform/access/attributes/register.ts';
import { breakGlassTarget } from '#platform/access/break-glass/target.ts';
import { personFacts } from '#platform/access/person-facts.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { personResolver, residentFacts } from '#platform/identity/subjects.ts';
import { takeBuildings } from '#platform/basedata/shared/buildings.ts';
import { placement } from '#platform/basedata/shared/placement.ts';
import { MARKS } from './attributes.ts';
import { countAreas } from './count-areas.ts';
import { correctPersons, disputedPersons, personCorrectionsAdopted } from './disputed-person.ts';
import { decideDeath } from './events/decide-death.ts';
import { listDeaths } from './events/list-deaths.ts';
import { rebuildJob } from './events/rebuild-job.ts';
import { countConflicts } from './count-conflicts.ts';
import { followMovesJob } from './links/follow-moves.ts';
import { askLink } from './links/ask-pair.ts';
import { answerLink } from './links/answer-pair.ts';
import { linkEarlierAfterLoad, linkEarlierJob } from './links/link-earlier.ts';
import { listUses } from './links/list-uses.ts';
import { listMerges } from './links/list-merges.ts';
import { listPairs } from './links/list-pairs.ts';
import { showPair } from './links/show-pair.ts';
import { undoMerge } from './links/undo-merge.ts';
import { listOwnAccesses } from './list-own-accesses.ts';
import { exportPersons } from './export-persons.ts';
import { confirmResidence, showResidence } from './residence/show-residence.ts';
import { factsOfPersons, ownRecordRead } from './person-facts.ts';
import { misplacedPersons } from './place-persons.ts';
import { rebuildPersons } from './load-persons.ts';
import { factsOfResidents, resolvePerson } from './resolve-person.ts';
import { condition, household, identifier, insured, resident } from './resources.ts';
import { searchPersons } from './search-persons.ts';
import { openedPerson, showOpened } from './show-opened.ts';
import { showLineage } from './show-lineage.ts';
import { showProjection } from './statistics/show-projection.ts';
import { showState, showStatistics } from './statistics/show-statistics.ts';
import { showPerson } from './show-person.ts';
import { showSelf } from './show-self.ts';
import { personTarget } from './target.ts';
import { unmaskField } from './unmask-field.ts';
import { verifyPerson } from './verify-person.ts';
import { personVerification } from './verify-service.ts';

const place = placement({
  module: 'population',
  first: '00000000-0000-0000-0000-000000000000',
  misplaced: misplacedPersons,
  rebuild: rebuildPersons,
});

/** Population base database (人口基础库): golden records of persons and households, every value with its source. */
export const population = app({
  id: 'population',
  kind: 'capability',
  folder: 'platform/basedata/population',
  title: { zh: '人口基础库', en: 'Population' },
  projects: ['S4'],
  uses: ['exchange', 'linkage', 'dispute'],
  takes: [takeBuildings],
  resources: [resident, household, condition, insured, identifier],
  actions: {
    'population.person.read': {
      title: { zh: '查看居民档案', en: 'See residents' },
    },
    'population.person.unmask': {
      title: { zh: '查看完整信息', en: 'Open masked fields' },
    },
    'population.person.verify': {
      title: { zh: '核验个人信息', en: 'Verify statements' },
    },
    'population.person.open': {
      title: { zh: '查看紧急调阅的人员卡片', en: 'See a card opened by break-glass' },
    },
    'population.link.review': {
      title: { zh: '比对人口记录', en: 'Compare records of persons' },
    },
    'population.link.undo': {
      title: { zh: '撤销人口归并', en: 'Take merges of persons back' },
    },
    'population.death.decide': {
      title: { zh: '核实死亡信息', en: 'Confirm or refute deaths' },
      posts: ['data-officer'],
    },
    'population.residence.confirm': {
      title: { zh: '确认实际居住地', en: 'Confirm where a person lives' },
      posts: ['street-clerk', 'committee-worker'],
    },
    'population.person.export': {
      title: { zh: '按日导出人口数据', en: 'Export residents as of a day' },
      posts: ['data-officer'],
    },
    'population.state.read': {
      title: { zh: '查看人口库概况', en: 'See how the population base is doing' },
      posts: ['data-officer', 'unit-head', 'duty-officer', 'security-auditor'],
    },
    'population.count.read': {
      title: { zh: '查看人口分布', en: 'See how many live where' },
    },
    'population.self.read': {
      title: { zh: '查看本人数据', en: 'See my own data' },
    },
  },
  routes: [
    searchPersons,
    showPerson,
    showOpened,
    unmaskField,
    verifyPerson,
    showLineage,
    showSelf,
    listOwnAccesses,
    countAreas,
    listPairs,
    showPair,
    answerLink,
    askLink,
    listMerges,
    listUses,
    undoMerge,
    listDeaths,
    showResidence,
    confirmResidence,
    exportPersons,
    showStatistics,
    showState,
    showProjection,
    decideDeath,
  ],
  sealed: [
    {
      table: 'population.identifier',
      column: 'sealed',
      key: { kind: 'text', lookup_key: 'text' },
      context: ({ kind }) => (kind === ID_KIND ? 'claim:idNumber' : `claim:${kind}`),
    },
  ],
  provides: [
    verifyService.provide(personVerification),
    baseKeys.provide(personKeys),
    importTarget.provide(personTarget),
    qualityFacts.provide(countConflicts),
    personResolver.provide(resolvePerson),
    residentFacts.provide(factsOfResidents),
    personFacts.provide(factsOfPersons),
    delegationScope.provide(ownRecordRead),
    breakGlassTarget.provide(openedPerson),
    disputedBase.provide(disputedPersons),
    cardAttributes.provide({
      resource: resident.id,
      attributes: MARKS,
      reveal: 'POST /api/population/persons/:pid/unmask',
    }),
  ],
  jobs: [loadJob(personTarget), place.job, followMovesJob, linkEarlierJob, rebuildJob],
  consumers: [...place.consumers, linkEarlierAfterLoad, correctPersons, personCorrectionsAdopted],
  pages: [
    {
      path: '/data/population',
      entrance: 'data',
      section: 'bases',
      title: { zh: '人口库', en: 'Population' },
      module: '#platform/basedata/population/web/population-page.tsx',
      order: 44,
      posts: ['data-officer', 'unit-head', 'duty-officer', 'security-auditor'],
    },
    {
      path: '/data/links',
      entrance: 'data',
      section: 'bases',
      title: { zh: '记录比对', en: 'Compare records' },
      module: '#platform/basedata/population/web/links-page.tsx',
      order: 45,
      posts: ['data-officer'],
    },
    {
      path: '/gov/persons/:pid',
      entrance: 'gov',
      section: 'records',
      title: { zh: '人员卡片', en: 'Person' },
      module: '#web/entrances/gov/person-page.tsx',
    },
    {
      path: '/citizen',
      entrance: 'citizen',
      title: { zh: '首页', en: 'Home' },
      module: '#web/entrances/citizen/home-page.tsx',
      order: 10,
    },
    {
      path: '/citizen/me',
      entrance: 'citizen',
      title: { zh: '我的信息', en: 'My data' },
      module: '#web/entrances/citizen/my-data-page.tsx',
      order: 20,
    },
    {
      path: '/citizen/accesses',
      entrance: 'citizen',
      title: { zh: '谁看过我', en: 'Who looked' },
      module: '#web/entrances/citizen/my-accesses-page.tsx',
      order: 30,
    },
  ],
});
