import type { Text } from '#platform/kernel/text.ts';

/** Status of an answer as SDMX web services number them (SDMX 3.0, section 7, 5). */
export class SdmxError extends Error {
  readonly code: number;
  readonly status: number;
  readonly detail: Text;
  constructor(kind: keyof typeof KINDS, detail: Text) {
    super(detail.en);
    this.code = KINDS[kind].code;
    this.status = KINDS[kind].status;
    this.detail = detail;
  }
}

const KINDS = {
  none: { code: 100, status: 404 },
  syntax: { code: 140, status: 400 },
  semantic: { code: 150, status: 403 },
  acceptable: { code: 406, status: 406 },
  implemented: { code: 501, status: 501 },
  unauthorised: { code: 110, status: 401 },
} as const;

export const TITLES: Readonly<Record<number, Text>> = {
  100: { zh: '没有结果', en: 'No results found' },
  110: { zh: '未获授权', en: 'Unauthorized' },
  140: { zh: '语法错误', en: 'Syntax error' },
  150: { zh: '语义错误', en: 'Semantic error' },
  406: { zh: '没有可接受的格式', en: 'Not acceptable' },
  500: { zh: '服务器内部错误', en: 'Internal server error' },
  501: { zh: '未实现', en: 'Not implemented' },
};

export const syntax = (zh: string, en: string): SdmxError => new SdmxError('syntax', { zh, en });
