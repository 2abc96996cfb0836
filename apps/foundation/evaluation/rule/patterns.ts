import { type Finding, groupBy, outlierBound, type Passage, type Pattern, quantileOf, robustZ } from './pattern.ts';

const HOUR_MS = 3_600_000;
const on = (passage: Passage, from: Date, facts: Finding['facts']): Finding => ({
  app: passage.app,
  run: passage.run,
  from,
  facts,
});
const caseOf = ({ app, caseNo, item }: Passage): string => `${app} ${caseNo} ${item}`;

/** Decided before received (先办后录): the decision is older than the receipt of the case. */
const decidedBeforeReceived: Pattern = {
  id: 'evaluation.decided-before-received',
  title: { zh: '先办后录', en: 'Decided before received' },
  why: { zh: '决定的时间早于收件时间', en: 'The decision is older than the receipt of the case' },
  precision: 0.95,
  within: 'item',
  find: (passages, { receives, decides }) =>
    [...groupBy(passages, caseOf).values()].flatMap((steps) => {
      const received = earliest(steps.filter(({ step }) => receives.has(step)).map(({ startedAt }) => startedAt));
      if (received === undefined) return [];
      return steps.flatMap((step) =>
        decides.has(step.step) && step.endedAt !== null && step.endedAt < received
          ? [on(step, step.endedAt, { minutes: Math.round((received.getTime() - step.endedAt.getTime()) / 60_000) })]
          : [],
      );
    }),
};

/** Abuse of stopped clocks (滥用停表): stood still far longer than its peers, the steps of the same item. */
const stoppedTooLong: Pattern = {
  id: 'evaluation.stopped-too-long',
  title: { zh: '停表异常', en: 'Clock stopped far longer than its peers' },
  why: {
    zh: '停表时长超过同事项的 95 % 分位，且稳健 z 值异常',
    en: 'Longer than the 95th percentile of the item, and an outlier by robust z',
  },
  precision: 0.9,
  within: 'item',
  find: (passages, { peers, quantile, outlier }) =>
    [
      ...groupBy(
        passages.filter(({ stoppedMs }) => stoppedMs > 0),
        ({ app, item, step }) => `${app} ${item} ${step}`,
      ).values(),
    ].flatMap((steps) => {
      if (steps.length < peers) return [];
      const lengths = steps.map(({ stoppedMs }) => stoppedMs);
      const limit = quantileOf(
        [...lengths].sort((a, b) => a - b),
        quantile,
      );
      const z = robustZ(lengths.map(Math.log));
      return steps.flatMap((step, at) =>
        step.stoppedMs >= limit && (z[at] ?? 0) > outlier
          ? [
              on(step, step.endedAt ?? step.startedAt ?? new Date(0), {
                hours: Math.round(step.stoppedMs / HOUR_MS),
                peers: steps.length,
                z: round(z[at] ?? 0),
              }),
            ]
          : [],
      );
    }),
};

/** Repeated corrections (反复补正): what must be told at once (一次告知, 行政许可法 art. 32) was told piece by piece. */
const repeatedCorrections: Pattern = {
  id: 'evaluation.repeated-corrections',
  title: { zh: '反复补正', en: 'Corrections asked for again and again' },
  why: {
    zh: '同一办件多次重新受理审查，应当一次告知',
    en: 'One case was looked at for acceptance again and again; defects are told once',
  },
  precision: 0.95,
  within: 'item',
  find: (passages, { receives, corrections }) =>
    [
      ...groupBy(
        passages.filter(({ step }) => receives.has(step)),
        (step) => `${caseOf(step)} ${step.unit}`,
      ).values(),
    ].flatMap((steps) => {
      const ordered = steps.filter(({ startedAt }) => startedAt !== null).sort(byStart);
      const last = ordered.at(-1);
      // The first look is none; every further one followed a correction.
      if (!last?.startedAt || ordered.length - 1 <= corrections) return [];
      return [on(last, last.startedAt, { corrections: ordered.length - 1 })];
    }),
};

/** Material that sharing yields (索要共享数据): the applicant was asked for what departments share already. */
const sharedMaterial: Pattern = {
  id: 'evaluation.shared-material',
  title: { zh: '索要已共享材料', en: 'Asked for what is shared already' },
  why: { zh: '向申请人索要其他部门已经共享的数据', en: 'The applicant was asked for data that departments share' },
  precision: 0.95,
  within: 'item',
  find: (passages, { shared }) =>
    passages.flatMap((step) => {
      const asked = step.asks.filter((element) => shared.has(element));
      return asked.length > 0 && step.startedAt ? [on(step, step.startedAt, { elements: asked.join(' ') })] : [];
    }),
};

/** Approvals in bursts (批量秒批): decisions by one hand so close to each other that nobody can have read the cases. */
const burstApprovals: Pattern = {
  id: 'evaluation.burst-approvals',
  title: { zh: '连续秒批', en: 'Approvals in bursts' },
  why: {
    zh: '同一经办人连续作出决定，间隔不足以阅读材料',
    en: 'Decisions of one hand follow each other faster than a case can be read',
  },
  precision: 0.9,
  within: 'unit',
  find: (passages, { decides, burstSeconds, burstLength }) => {
    const done = passages.filter(
      ({ step, handler, endedAt }) => decides.has(step) && handler !== null && endedAt !== null,
    );
    return [...groupBy(done, ({ handler }) => handler ?? '').values()].flatMap((steps) => {
      const ordered = steps.sort((a, b) => (a.endedAt?.getTime() ?? 0) - (b.endedAt?.getTime() ?? 0));
      const found: Finding[] = [];
      let chain: Passage[] = [];
      const close = () => {
        if (chain.length >= burstLength)
          for (const step of chain) found.push(on(step, step.endedAt ?? new Date(0), { inARow: chain.length }));
        chain = [];
      };
      for (const step of ordered) {
        const before = chain.at(-1)?.endedAt?.getTime();
        if (before !== undefined && (step.endedAt?.getTime() ?? 0) - before >= burstSeconds * 1_000) close();
        chain.push(step);
      }
      close();
      return found;
    });
  },
};

/** Same applicant, always the same clerk (固定对应, χ²): far more often than the shares of both would make it. */
const sameHands: Pattern = {
  id: 'evaluation.same-hands',
  title: { zh: '申请人与经办人固定对应', en: 'Same applicant, always the same clerk' },
  why: {
    zh: '同一申请人的办件集中于同一经办人，χ² 检验排除偶然',
    en: 'Cases of one applicant lie with one clerk, beyond chance by χ²',
  },
  precision: 0.9,
  within: 'item',
  find: (passages, { decides, peers, chiSquare }) => {
    const decided = passages.filter(
      ({ step, handler, party }) => decides.has(step) && handler !== null && party !== null,
    );
    return [...groupBy(decided, ({ app, item, unit }) => `${app} ${item} ${unit}`).values()].flatMap((steps) => {
      const hands = groupBy(steps, ({ handler }) => handler ?? '');
      if (steps.length < peers || hands.size < 2) return [];
      return [...groupBy(steps, ({ party }) => party ?? '').values()].flatMap((own) => {
        const [most] = [...groupBy(own, ({ handler }) => handler ?? '').values()].sort((a, b) => b.length - a.length);
        const [first] = most ?? [];
        if (!most || !first) return [];
        // The others' cases say how often this clerk would have them by chance.
        const others = steps.length - own.length;
        const rest = (hands.get(first.handler ?? '')?.length ?? 0) - most.length;
        const share = (rest + 1) / (others + hands.size);
        const expected = own.length * share;
        const chi =
          (most.length - expected) ** 2 / expected +
          (own.length - most.length - (own.length - expected)) ** 2 / (own.length - expected);
        return most.length > expected && chi > chiSquare
          ? most.map((step) =>
              on(step, step.endedAt ?? step.startedAt ?? new Date(0), {
                cases: own.length,
                same: most.length,
                chiSquare: round(chi),
              }),
            )
          : [];
      });
    });
  },
};

/** Discretion outlier (裁量异常): what was decided in discretion lies far from that of its peers. */
const discretionOutlier: Pattern = {
  id: 'evaluation.discretion-outlier',
  title: { zh: '裁量异常', en: 'Discretion far from its peers' },
  why: { zh: '裁量结果与同事项相比稳健 z 值异常', en: 'An outlier by robust z among decisions on the same item' },
  precision: 0.9,
  within: 'item',
  find: (passages, { peers, outlier, falseAlarms }) =>
    [
      ...groupBy(
        passages.filter(({ measure }) => measure !== null),
        ({ app, item, step }) => `${app} ${item} ${step}`,
      ).values(),
    ].flatMap((steps) => {
      if (steps.length < peers) return [];
      const z = robustZ(steps.map(({ measure }) => measure ?? 0));
      const bound = outlierBound({ peers: steps.length, outlier, falseAlarms });
      return steps.flatMap((step, at) =>
        Math.abs(z[at] ?? 0) > bound
          ? [
              on(step, step.endedAt ?? step.startedAt ?? new Date(0), {
                measure: step.measure ?? 0,
                z: round(z[at] ?? 0),
                peers: steps.length,
                bound: round(bound),
              }),
            ]
          : [],
      );
    }),
};

/** Conformance (流程合规, 令牌重放): the case skipped or repeated a step of its drawing. It shows on the last step of the case. */
const offTheDrawing: Pattern = {
  id: 'evaluation.off-the-drawing',
  title: { zh: '未按流程图办理', en: 'Not as the process is drawn' },
  why: { zh: '按流程图重放，有步骤被跳过或重复', en: 'Replayed on its drawing, a step was skipped or repeated' },
  precision: 0.95,
  within: 'named',
  find: (passages, { misfits }) => {
    const cases = groupBy(passages, ({ app, run }) => `${app} ${run.split(' ')[0]}`);
    return misfits.flatMap(({ app, instance, missing, remaining, fitness }) => {
      const last = [...(cases.get(`${app} ${instance}`) ?? [])].sort(byEnd).at(-1);
      const from = last?.endedAt ?? last?.startedAt;
      return last && from ? [on(last, from, { missing, remaining, fitness: round(fitness) })] : [];
    });
  },
};

const DAY_MS = 24 * HOUR_MS;

/** Read without a case (无因查询): persons' data were read while neither the reader nor the reader's unit had a case in hand. */
const readWithoutCase: Pattern = {
  id: 'evaluation.read-without-case',
  title: { zh: '无因查询', en: 'Persons looked up without a case' },
  why: {
    zh: '查阅个人信息前后，本人和本单位都没有在办的办件',
    en: 'Persons’ data were read, and neither the reader nor the unit had a case at that time',
  },
  precision: 0.9,
  within: 'named',
  shipsOff: {
    zh: '社区走访等用途本来就没有办件，准确率尚未用真实数据核对；核对后由监察办启用',
    en: 'Visits in the community and the like have no case by nature; its precision has not been compared with real data yet',
  },
  find: (passages, { reads, readDays }) => {
    const byHandler = groupBy(passages, ({ handler }) => handler ?? '');
    const byUnit = groupBy(passages, ({ unit }) => unit);
    const near = (steps: readonly Passage[] | undefined, at: Date): boolean =>
      (steps ?? []).some(
        ({ startedAt, endedAt }) =>
          startedAt !== null &&
          startedAt.getTime() - readDays * DAY_MS <= at.getTime() &&
          at.getTime() <= (endedAt?.getTime() ?? Number.POSITIVE_INFINITY) + readDays * DAY_MS,
      );
    return reads
      .filter(({ account, unit, at }) => !near(byHandler.get(account), at) && !near(byUnit.get(unit), at))
      .map(
        ({ id, at, account, unit, module, purpose, persons }): Finding => ({
          app: 'audit',
          run: id,
          from: at,
          facts: { persons, module, ...(purpose === null ? {} : { purpose }) },
          beside: { caseNo: id, item: module, step: 'read', unit, handler: account },
        }),
      );
  },
};

/** All rules beyond time. */
export const PATTERNS: readonly Pattern[] = [
  decidedBeforeReceived,
  stoppedTooLong,
  repeatedCorrections,
  sharedMaterial,
  burstApprovals,
  sameHands,
  discretionOutlier,
  offTheDrawing,
  readWithoutCase,
];

const round = (value: number): number => Math.round(value * 100) / 100;
const byStart = (a: Passage, b: Passage): number => (a.startedAt?.getTime() ?? 0) - (b.startedAt?.getTime() ?? 0);
const byEnd = (a: Passage, b: Passage): number =>
  (a.endedAt?.getTime() ?? 0) - (b.endedAt?.getTime() ?? 0) || byStart(a, b) || (a.run < b.run ? -1 : 1);
function earliest(moments: readonly (Date | null)[]): Date | undefined {
  return moments.filter((moment) => moment !== null).sort((a, b) => a.getTime() - b.getTime())[0];
}
