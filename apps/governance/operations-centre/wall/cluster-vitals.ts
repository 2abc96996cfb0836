import { type CaseCluster, clusterSource } from '#platform/case/cluster-source.ts';
import { classNames, growthOf } from '#platform/case/cases-of-cluster.ts';
import { addDays } from '#platform/kernel/dates.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { SourceContext, VitalSource, WallItem } from './vital-source.ts';

/** A cluster is rising (正在上升) while it reaches the last days that were looked at, or more of its class came into its circle since. */
export type SeenCluster = CaseCluster & { title: Text; since: number; rising: boolean };

/** Clusters of cases as the caller may see them (案件聚集), rising ones first; undefined where nobody looks for any. */
export async function readClusters(
  context: SourceContext,
): Promise<{ heard: Date | null; clusters: SeenCluster[] } | undefined> {
  const source = context.services.registry.provided(clusterSource)[0]?.value;
  if (!source) return undefined;
  const { heard, clusters } = await source.read(context);
  if (clusters.length === 0) return { heard, clusters: [] };
  const names = await classNames(context);
  const growth = await growthOf({ ...context, clusters });
  const seen = clusters.map((cluster): SeenCluster => {
    const { since, sample } = growth.get(cluster.id) ?? { since: 0, sample: false };
    const name = names.get(cluster.class) ?? { zh: cluster.class, en: cluster.class };
    return {
      ...cluster,
      sample,
      title: { zh: `${name.zh}聚集`, en: `Cluster: ${name.en}` },
      since,
      rising: since > 0 || cluster.toDay >= addDays(cluster.scannedTo, -1),
    };
  });
  return { heard, clusters: seen.sort((a, b) => Number(b.rising) - Number(a.rising)) };
}

const itemOf = (cluster: SeenCluster): WallItem => ({
  id: cluster.id,
  kind: 'cluster',
  title: {
    zh: `${cluster.title.zh} ${cluster.observed} 件${cluster.since > 0 ? `，此后又有 ${cluster.since} 件` : ''}`,
    en: `${cluster.title.en}, ${cluster.observed} cases${cluster.since > 0 ? `, ${cluster.since} more since` : ''}`,
  },
  state: cluster.rising ? 'rising' : 'past',
  level: null,
  at: new Date(`${cluster.fromDay}T00:00:00+08:00`).toISOString(),
  dueAt: null,
  path: `/ops/clusters/${cluster.id}`,
  lon: cluster.lon,
  lat: cluster.lat,
  sample: cluster.sample,
});

/** Vitals of clusters (聚集体征): where there are more cases of a class than chance gives, by the space-time scan. */
export const clusterVitals: VitalSource = {
  id: 'cluster',
  title: { zh: '案件聚集', en: 'Clusters' },
  read: async (context) => {
    const found = await readClusters(context);
    const rising = found?.clusters.filter((cluster) => cluster.rising).length ?? 0;
    return {
      heard: found?.heard ?? null,
      vitals: [
        {
          id: 'cluster.rising',
          title: { zh: '正在上升的聚集', en: 'Rising clusters' },
          value: found ? rising : null,
          unit: 'count',
          act: true,
          about: {
            what: {
              zh: '时空扫描（Kulldorff 泊松模型，固定种子 999 次重复，p < 0.05）在单元网格上发现的同类案件聚集，延续到最近两天，或此后圈内又有同类案件。',
              en: 'Clusters of one class that the space-time scan (Kulldorff, Poisson, 999 seeded replications, p < 0.05) finds over grid cells, and that reach the last two days or have grown since.',
            },
            period: {
              zh: '近七日完成的扫描；每日凌晨一次，值班员可随时重新分析',
              en: 'Scans of the last seven days; nightly, and whenever an officer asks',
            },
            from: { zh: '网格高发点位 grid.hotspot', en: 'Hot spots, grid.hotspot' },
          },
          parts: found
            ? [
                { id: 'rising', title: { zh: '上升', en: 'Rising' }, n: rising },
                { id: 'past', title: { zh: '已回落', en: 'Past' }, n: found.clusters.length - rising },
              ]
            : [],
        },
      ],
    };
  },
  queue: async ({ most, ...context }) =>
    ((await readClusters(context))?.clusters ?? [])
      .filter(({ rising }) => rising)
      .slice(0, most)
      .map(itemOf),
  behind: async ({ vital, most, ...context }) =>
    vital === 'cluster.rising' ? ((await readClusters(context))?.clusters ?? []).slice(0, most).map(itemOf) : undefined,
};
