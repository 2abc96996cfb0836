import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

/** Video platforms (视频平台, 1+10+29): who runs which, for which area. */
export const videoPlatform = resource({
  id: 'grid.video-platform',
  version: 1,
  title: { zh: '视频平台', en: 'Video platforms' },
  summary: {
    zh: '“1+10+29”视频平台的名称、级别、辖区和管理单位；不含视频。',
    en: 'Name, level, area and unit of the video platforms; no video.',
  },
  owner: 'operations-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'monthly',
  retention: { zh: '长期', en: 'For good' },
  table: 'grid.video_platform',
  key: 'id',
  badge: 'sample',
  fields: {
    id: { schema: Type.String(), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    level: { schema: Type.String(), title: { zh: '级别', en: 'Level' }, level: 'L2' },
    name: { schema: Type.String(), title: { zh: '名称', en: 'Name' }, level: 'L2' },
    nameEn: { schema: Type.String(), title: { zh: '英文名称', en: 'English name' }, level: 'L2' },
    area: { schema: Type.String(), title: { zh: '辖区代码', en: 'Area' }, level: 'L2', element: 'GB/T 10114' },
    unit: { schema: Type.String(), title: { zh: '管理单位', en: 'Unit' }, level: 'L2' },
  },
});
