/** What housing and planning know of buildings. */
import { join } from 'node:path';
import type { Building } from './buildings.ts';
import { toGcj02 } from './datum.ts';
import type { DepartmentFile } from './department-file.ts';
import { geojsonWriter } from './writers.ts';

export const BUILDING_FILES: DepartmentFile<Building>[] = [
  {
    dataset: 'housing-buildings',
    unit: 'housing',
    file: 'housing-buildings.geojson',
    roles: { name: '房屋名称' },
    open: (directory) => geojsonWriter({ path: join(directory, 'housing-buildings.geojson') }),
    row: (building) => ({
      房屋编码: building.code,
      房屋名称: building.name,
      坐落: building.address,
      居委代码: building.committee,
      建成年份: building.yearBuilt,
      地上层数: building.floors,
      建筑结构: building.structure,
      房屋用途: building.use,
      总户数: building.dwellings,
      样例: true,
      geometry: building.outline,
    }),
  },
  {
    // Planning's old survey tool exports GCJ-02; the adapter has to bring it back.
    dataset: 'planning-buildings',
    unit: 'planning',
    file: 'planning-buildings.gcj02.geojson.gz',
    roles: { address: '地址' },
    open: (directory) => geojsonWriter({ path: join(directory, 'planning-buildings.gcj02.geojson.gz'), gzip: true }),
    row: (building, { random }) => {
      if (random.chance(0.04)) return undefined;
      const ring = (building.outline.coordinates[0] ?? []).map((p) => toGcj02([p[0] ?? 0, p[1] ?? 0]));
      return {
        建筑编号: building.code,
        地址: building.address,
        '建筑高度(米)': building.heightM,
        层数: random.chance(0.02) ? building.floors + 1 : building.floors,
        历史建筑类别: building.heritageClass,
        用地性质: building.use === '住宅' ? '二类居住用地' : '公共设施用地',
        样例: true,
        geometry: { type: 'Polygon', coordinates: [ring] },
      };
    },
  },
];
