import type { Text } from '#platform/kernel/text.ts';

export type Value = string | number | boolean | null;

/** What a column is to whoever would find a person in it (列的角色). */
export type Role = 'identifier' | 'quasi' | 'sensitive' | 'measure' | 'plain';
export type Kind = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'geometry';

/** A column of an open table (数据项). */
export type Field = { name: string; title: Text; type: Kind; role?: Role };

/** A table as it would be published: rows in the order of the fields. A geometry stands as GeoJSON text. */
export type Table = {
  fields: Field[];
  rows: Value[][];
  /** What one row is about; of persons and firms a statistic has a column `count` that is declared a measure. */
  about: 'person' | 'firm' | 'thing';
};

/** Column that says how many persons or firms stand behind a row of a statistic. */
export const COUNT = 'count';
/** Mark of a withheld cell. */
export const WITHHELD = null;
/** Value of a dimension in a row that sums over it. */
export const ALL = '合计';

export const isStatistic = ({ fields, about }: Pick<Table, 'fields' | 'about'>): boolean =>
  about !== 'thing' && fields.some(({ name, role }) => name === COUNT && role === 'measure');

export const columnAt = (fields: readonly Field[], name: string): number => fields.findIndex((f) => f.name === name);

/** Licences (许可) that a set may carry. */
export const LICENCES: Record<string, { title: Text; url: string; open: boolean }> = {
  'open-government-1.0': {
    title: { zh: '政府数据开放许可（署名）', en: 'Open government licence (attribution)' },
    url: 'https://creativecommons.org/licenses/by/4.0/',
    open: true,
  },
  'CC-BY-4.0': {
    title: { zh: '知识共享署名 4.0', en: 'CC BY 4.0' },
    url: 'https://creativecommons.org/licenses/by/4.0/',
    open: true,
  },
  'CC0-1.0': {
    title: { zh: '公共领域 CC0', en: 'CC0 1.0' },
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    open: true,
  },
  'ODbL-1.0': {
    title: { zh: '开放数据库许可 ODbL', en: 'ODbL 1.0' },
    url: 'https://opendatacommons.org/licenses/odbl/1-0/',
    open: true,
  },
  MIT: { title: { zh: 'MIT 许可', en: 'MIT licence' }, url: 'https://opensource.org/license/mit', open: true },
  'Apache-2.0': {
    title: { zh: 'Apache 许可 2.0', en: 'Apache licence 2.0' },
    url: 'https://www.apache.org/licenses/LICENSE-2.0',
    open: true,
  },
  agreement: {
    title: { zh: '按协议使用', en: 'By agreement' },
    url: 'urn:smart-district:licence:agreement',
    open: false,
  },
};

/** Themes (主题) of the portal. */
export const THEMES: Record<string, Text> = {
  places: { zh: '地点与边界', en: 'Places and borders' },
  buildings: { zh: '房屋建筑', en: 'Buildings' },
  population: { zh: '人口统计', en: 'Population' },
  economy: { zh: '经济与企业', en: 'Economy' },
  environment: { zh: '生态环境', en: 'Environment' },
  transport: { zh: '交通出行', en: 'Transport' },
  culture: { zh: '文化旅游', en: 'Culture and tourism' },
  services: { zh: '政务服务', en: 'Public services' },
};
