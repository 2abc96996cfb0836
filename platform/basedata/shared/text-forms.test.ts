import { describe, expect, it } from 'vitest';
import { addressForm, nameForm, splitAddress } from './text-forms.ts';

describe('names', () => {
  it.each([
    ['张 伟', '张伟'],
    ['张　伟', '张伟'],
    [' John  Smith ', 'John Smith'],
    ['欧阳娜娜', '欧阳娜娜'],
  ])('%s is kept as %s', (text, form) => expect(nameForm(text)).toBe(form));
});

describe('addresses', () => {
  it.each([
    ['上海市黄浦区瑞金二路１１８弄１２号３０１室', '瑞金二路118弄12号301室'],
    ['黄浦区瑞金二路118弄12号', '瑞金二路118弄12号'],
    ['浙江省杭州市西湖区文一路1号', '文一路1号'],
    ['上海市浦东新区世纪大道8号', '世纪大道8号'],
    ['市民路3号', '市民路3号'],
    ['东台路小区3号', '东台路小区3号'],
  ])('%s is compared as %s', (text, form) => expect(addressForm(text)).toBe(form));

  it('is split into building and room', () => {
    expect(splitAddress('上海市黄浦区瑞金二路118弄12号301室')).toEqual({
      building: '瑞金二路118弄12号',
      room: '301室',
    });
    expect(splitAddress('瑞金二路200号')).toEqual({ building: '瑞金二路200号', room: undefined });
    expect(splitAddress('某处')).toBeUndefined();
  });
});
