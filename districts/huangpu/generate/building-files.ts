/** What housing and planning know of buildings. */
import { join } from 'node:path';
import type { Building } from './buildings.ts';
import { toGcj02 } from './datum.ts';
import type { DepartmentFile } from './department-file.ts';
import { roomsOf } from './rooms.ts';
import { csvWriter, geojsonWriter } from './writers.ts';

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
      管理单位: building.managedBy,
      涉密类别: building.secrecy,
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
        立面保护要求: building.facadeClass,
        用地性质: building.use === '住宅' ? '二类居住用地' : '公共设施用地',
        样例: true,
        geometry: { type: 'Polygon', coordinates: [ring] },
      };
    },
  },
  {
    // One row a building: the table of its floors and rooms 楼盘表, as the registry of property keeps it.
    dataset: 'housing-rooms',
    unit: 'housing',
    file: 'housing-rooms.csv',
    roles: {},
    open: (directory) =>
      csvWriter({ path: join(directory, 'housing-rooms.csv'), columns: ['房屋编码', '楼盘表', '样例'] }),
    row: (building) => {
      const rooms = roomsOf(building);
      if (rooms.length === 0) return undefined;
      const table = rooms.map((room) => ({
        floor: room.floor,
        number: room.number,
        kind: room.kind,
        areaM2: room.areaM2,
        use: room.use,
        right: room.right,
      }));
      return { 房屋编码: building.code, 楼盘表: JSON.stringify(table), 样例: '是' };
    },
  },
];
