import type { Text } from '#platform/kernel/text.ts';

/** A class of parts (部件小类): four digits, major and minor class. */
export type PartClass = { code: string; name: Text };

const of = (code: string, zh: string, en: string): PartClass => ({ code, name: { zh, en } });

/**
 * Classes of parts (部件类别): majors 01 public facilities 公用设施, 02 transport 道路交通, 03 appearance 市容环境, 04 greenery 园林绿化. The numbers are those of the
 * classes of cases about parts (`P` and the four digits), a choice of this district after GB/T 30428.2, not compared with its text.
 */
export const PART_CLASSES: readonly PartClass[] = [
  of('0101', '井盖', 'Manhole cover'),
  of('0102', '路灯', 'Street light'),
  of('0103', '消火栓', 'Hydrant'),
  of('0104', '通信交接箱', 'Telecom cabinet'),
  of('0105', '供配电设备', 'Power cabinet'),
  of('0106', '立杆', 'Pole'),
  of('0107', '雨水箅子', 'Gully grating'),
  of('0108', '健身设施', 'Fitness equipment'),
  of('0109', '邮筒、电话亭', 'Post box or kiosk'),
  of('0110', '景观灯', 'Ornamental light'),
  of('0201', '道路路面', 'Road surface'),
  of('0202', '护栏、隔离墩', 'Barrier or bollard'),
  of('0203', '交通标志牌', 'Traffic sign'),
  of('0204', '交通信号灯', 'Traffic light'),
  of('0205', '公交候车亭', 'Bus shelter'),
  of('0206', '路名牌', 'Street name plate'),
  of('0207', '人行天桥、地道', 'Footbridge or subway'),
  of('0301', '废物箱、公共厕所', 'Litter bin or public toilet'),
  of('0302', '户外招牌', 'Shop sign'),
  of('0401', '绿化护栏、花坛', 'Planting edge or bed'),
  of('0402', '行道树', 'Street tree'),
  of('0403', '休憩座椅', 'Bench'),
  of('0404', '雕塑、景观水池', 'Sculpture or fountain'),
];

export const partClasses: ReadonlyMap<string, PartClass> = new Map(PART_CLASSES.map((each) => [each.code, each]));
