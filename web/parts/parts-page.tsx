import { useState } from 'react';
import { Problem } from '#web/client/index.ts';
import { AsOfBar } from '#web/design/as-of-bar.tsx';
import { SampleBadge, StaleBadge } from '#web/design/badges.tsx';
import { DataTable } from '#web/design/data-table.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { Clock, NumberTile, Progress, Timeline } from '#web/design/facts.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
import { LazyMap } from '#web/design/lazy-map.tsx';
import { usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { SourceChip } from '#web/design/source-chip.tsx';
import { SkipLink } from '#web/shell/entrance-layout.tsx';
import { TopBar } from '#web/shell/top-bar.tsx';

const cell = (id: string, name: string, x: number) => ({
  type: 'Feature' as const,
  properties: { id, name },
  geometry: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [x, 0],
        [x + 0.01, 0],
        [x + 0.012, 0.012],
        [x + 0.002, 0.01],
        [x, 0],
      ],
    ],
  },
});
const areas = [
  {
    id: 'areas',
    kind: 'area' as const,
    idField: 'id',
    nameField: 'name',
    data: { type: 'FeatureCollection' as const, features: [cell('a', '甲街道', 0), cell('b', '乙街道', 0.0105)] },
  },
];
const rows = Array.from({ length: 120 }, (_, index) => ({
  id: String(index),
  name: `样例街道${index + 1}`,
  count: 1000 + index * 37,
}));
const at = '2026-11-23T02:42:00Z';
const source = { unit: 'civil-affairs', receivedAt: at, from: '2026-11-01' };
const other = { value: '瑞金二路12弄3号', source: { unit: 'public-security', receivedAt: '2026-05-02T02:42:00Z' } };
const withdrawn = new Problem({
  code: 'GRANT_WITHDRAWN',
  title: '',
  status: 403,
  since: at,
  by: '周亦凡',
  unit: 'civil-affairs',
  owner: 'civil-affairs',
  reason: '专项工作结束',
  resource: { zh: '实有人口基本信息', en: 'Residents' },
  trace: '019ab2c4',
});
const noErrors: { path: string; message: string }[] = [];

/** Living style sheet (组件样张), at `/_parts`: every shared part in the states that it has. */
export default function PartsPage() {
  const [selected, setSelected] = useState<string | null>('a');
  const [errors, setErrors] = useState(noErrors);
  const purpose = usePurpose('sample', '样例居民的住址');
  return (
    <div className="parts">
      <SkipLink />
      <TopBar entrance={null} />
      <main id="main" tabIndex={-1}>
        <h1>
          组件样张 <SampleBadge />
        </h1>
        <AsOfBar at={at} />
        <h2>数值、时限与徽章</h2>
        <div className="tiles">
          <NumberTile
            title="常住人口"
            value={662000}
            unit="人"
            trend={[3, 4, 4, 6, 5, 7]}
            target={680000}
            href="#table"
          />
          <NumberTile title="入户走访" value={318} unit="户" staleAt="2026-11-20T02:00:00Z" />
          <NumberTile title="残疾人数" value={null} missing="少于 10 人，不显示" />
        </div>
        <div className="tiles">
          <Clock left={7} total={10} />
          <Clock left={1} total={10} />
          <Clock left={-2} total={10} />
          <Clock left={4} total={10} stopped="等待申请人补正" />
          <Clock left={3} total={10} done />
        </div>
        <p>
          <StaleBadge at="2026-11-20T02:00:00Z" />
        </p>
        <h2>来源与用途</h2>
        <p>
          瑞金二路118弄12号 <SourceChip source={source} others={[other]} />
        </p>
        <p>
          <button type="button" className="primary" onClick={() => void purpose.ask()}>
            {purpose.code ?? '选择用途'}
          </button>
        </p>
        <h2>拒绝与错误</h2>
        <RefusalPanel problem={withdrawn} />
        <RefusalPanel problem={new Problem({ code: 'NO_ANSWER', title: '', status: 0 })} onRetry={() => {}} />
        <FormErrors errors={errors} />
        <div className="field">
          <label htmlFor="phone">联系电话</label>
          <input id="phone" />
        </div>
        <button type="button" onClick={() => setErrors([{ path: 'phone', message: '请填写 11 位手机号码' }])}>
          显示错误汇总
        </button>
        <h2>过程与进度</h2>
        <Timeline
          entries={[
            { id: '2', at, title: '已受理', by: '街道窗口' },
            { id: '1', at: '2026-11-20T01:00:00Z', title: '提交申请', by: '本人', note: '通过市民云提交' },
          ]}
        />
        <Progress label="导入 5,000 行" done={3200} total={5000} leftSeconds={40} />
        <h2 id="table">表格</h2>
        <DataTable<(typeof rows)[number]>
          id="parts"
          label="样例街道"
          columns={[
            { key: 'name', title: '名称', filter: true, cell: (row) => row.name },
            { key: 'count', title: '人数', number: true, sortable: true, cell: (row) => row.count.toLocaleString() },
          ]}
          size={8}
          rowKey={(row) => row.id}
          onOpen={() => {}}
          exportHref={() => '#table'}
          load={({ page, size, sort, filters }) => {
            const found = rows.filter((row) => row.name.includes(filters['name'] ?? ''));
            if (sort) found.sort((a, b) => (sort.startsWith('-') ? b.count - a.count : a.count - b.count));
            return Promise.resolve({ rows: found.slice((page - 1) * size, page * size), total: found.length });
          }}
        />
        <h2>地图</h2>
        <LazyMap label="样例地图" layers={areas} selected={selected} onSelect={setSelected} />
        <h2>空状态</h2>
        <EmptyState
          title="还没有导入记录"
          text="上传部门文件后，进度和报告显示在这里。"
          act={
            <button type="button" className="primary">
              上传文件
            </button>
          }
        />
      </main>
    </div>
  );
}
