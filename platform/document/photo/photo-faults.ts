import { domainError, type FieldFault } from '#platform/kernel/errors.ts';

/** One of several photos is not taken (照片未被接收): none is kept, and the fault stands at that one. */
export const PhotoRefused = domainError({
  code: 'PHOTO_REFUSED',
  status: 422,
  title: { zh: '有照片未被接收', en: 'A photo was not taken' },
  action: { zh: '请更换指出的照片后重新发送。', en: 'Replace the photo that is named and send again.' },
});

const MEGABYTE = 1024 ** 2;

/** Why the photo number `n` (from 0) is not taken. */
export type PhotoTrouble =
  | { rule: 'size'; maxBytes: number }
  | { rule: 'heic' | 'type' | 'broken' | 'too-many-pixels' };

export function photoFault(n: number, trouble: PhotoTrouble): FieldFault {
  const which = { zh: `第 ${n + 1} 张照片`, en: `photo ${n + 1}` };
  const [zh, en] = wordsOf(trouble);
  return { pointer: `/files/${n}`, rule: trouble.rule, message: { zh: `${which.zh}${zh}`, en: `${which.en} ${en}` } };
}

function wordsOf(trouble: PhotoTrouble): [zh: string, en: string] {
  switch (trouble.rule) {
    case 'size': {
      const most = Math.floor(trouble.maxBytes / MEGABYTE);
      return [`超过 ${most} MB 的上限`, `is larger than the limit of ${most} MB`];
    }
    case 'heic':
      return [
        '是 HEIC 格式，请在手机相机设置中选择“兼容性最佳”（JPEG）后重拍',
        'is HEIC: choose "Most Compatible" (JPEG) in the camera settings and take it again',
      ];
    case 'type':
      return ['不是 JPEG、PNG 照片', 'is neither a JPEG nor a PNG photo'];
    case 'broken':
      return ['不完整或已损坏', 'is not whole or is damaged'];
    case 'too-many-pixels':
      return ['像素过大', 'has too many pixels'];
  }
}
