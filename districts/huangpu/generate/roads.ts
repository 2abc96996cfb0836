/** Names of roads for invented addresses. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Real road names of each street, for places where the OSM extract has none near. */
export const STREET_ROADS: Record<string, string[]> = {
  '310101002': ['南京东路', '九江路', '汉口路', '福州路', '广东路', '凤阳路', '新昌路', '黄河路', '浙江中路', '湖北路'],
  '310101013': [
    '中山东一路',
    '四川中路',
    '江西中路',
    '河南中路',
    '圆明园路',
    '北京东路',
    '虎丘路',
    '宁波路',
    '滇池路',
    '延安东路',
  ],
  '310101015': [
    '半淞园路',
    '西藏南路',
    '陆家浜路',
    '中山南一路',
    '瞿溪路',
    '车站路',
    '国货路',
    '花园港路',
    '南车站路',
    '制造局路',
  ],
  '310101017': [
    '中华路',
    '东门路',
    '复兴东路',
    '白渡路',
    '董家渡路',
    '王家码头路',
    '外马路',
    '中山南路',
    '巡道街',
    '乔家路',
  ],
  '310101018': [
    '方浜中路',
    '福佑路',
    '安仁街',
    '旧校场路',
    '河南南路',
    '丽水路',
    '昼锦路',
    '大境路',
    '露香园路',
    '人民路',
  ],
  '310101019': [
    '老西门路',
    '文庙路',
    '学前街',
    '蓬莱路',
    '中华路',
    '复兴东路',
    '大吉路',
    '方斜路',
    '黄家阙路',
    '静修路',
  ],
  '310101020': [
    '瞿溪路',
    '鲁班路',
    '蒙自路',
    '丽园路',
    '斜土东路',
    '中山南一路',
    '龙华东路',
    '打浦路',
    '局门路',
    '铁道路',
  ],
  '310101021': [
    '徐家汇路',
    '打浦路',
    '泰康路',
    '建国中路',
    '肇周路',
    '建国东路',
    '瑞金二路',
    '蒙自路',
    '丽园路',
    '斜土路',
  ],
  '310101022': [
    '淮海中路',
    '马当路',
    '太仓路',
    '兴业路',
    '黄陂南路',
    '顺昌路',
    '自忠路',
    '复兴中路',
    '合肥路',
    '嵩山路',
  ],
  '310101023': [
    '瑞金二路',
    '淮海中路',
    '思南路',
    '茂名南路',
    '陕西南路',
    '复兴中路',
    '永嘉路',
    '绍兴路',
    '南昌路',
    '皋兰路',
  ],
};

/** Named road vertices of the OSM extract (middle of the district only). */
export function readRoadPoints(path: string): { name: string; lon: number; lat: number }[] {
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  const nodes = new Map<string, { lon: number; lat: number }>();
  for (const match of text.matchAll(/<node ([^>]*)>/g)) {
    const attribute = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(match[1] ?? '')?.[1] ?? '';
    nodes.set(attribute('id'), { lon: Number(attribute('lon')), lat: Number(attribute('lat')) });
  }
  const points: { name: string; lon: number; lat: number }[] = [];
  for (const way of text.matchAll(/<way [^>]*>([\s\S]*?)<\/way>/g)) {
    const body = way[1] ?? '';
    const name = /<tag k="name" v="([^"]*)"/.exec(body)?.[1];
    // Bridges, tunnels, elevated roads and footpaths carry no house numbers.
    if (name === undefined || !/^[\u4e00-\u9fff]{2,6}(路|街|大道)$/.test(name)) continue;
    for (const ref of body.matchAll(/<nd ref="(\d+)"/g)) {
      const node = nodes.get(ref[1] ?? '');
      if (node !== undefined) points.push({ name, ...node });
    }
  }
  return points;
}
