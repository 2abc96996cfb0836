import { expect, it } from 'vitest';
import { readPartLines } from './read-rows.ts';

it('reads a file of parts by the names of its columns, with a mark of order of bytes, quotes and empty lines', () => {
  const text =
    '\uFEFFowner,code,lon,lat,keeper,installed\r\n"water-company",3101010101000001,121.47,31.21,greening,2020-05-01\r\n\r\ntelecom,3101010104000002,121.48,31.22,telecom,\r\n';
  expect(readPartLines(text)).toEqual([
    {
      code: '3101010101000001',
      lon: 121.47,
      lat: 31.21,
      owner: 'water-company',
      keeper: 'greening',
      installed: '2020-05-01',
    },
    { code: '3101010104000002', lon: 121.48, lat: 31.22, owner: 'telecom', keeper: 'telecom' },
  ]);
});

it('is no file of parts without their columns', () => {
  expect(readPartLines('编号,经度\n1,2')).toBeUndefined();
  expect(readPartLines('')).toBeUndefined();
});

it('leaves what is no number for the server to refuse', () => {
  expect(readPartLines('code,lon,lat,owner,keeper\nx,,abc,a,b')?.[0]).toMatchObject({
    lon: Number.NaN,
    lat: Number.NaN,
  });
});
