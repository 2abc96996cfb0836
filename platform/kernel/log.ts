import { type DestinationStream, pino, type Logger } from 'pino';

export type { Logger };

/** Structured logs. Bodies, query strings, cookies and names are never logged; only route patterns, ids and codes are. */
export function createLogger(options: { level: string; to?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: { service: 'smart-district' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'password',
        '*.password',
        'cookie',
        '*.cookie',
        'authorization',
        '*.authorization',
        'idNumber',
        '*.idNumber',
        'body',
        'query',
      ],
      censor: '[withheld]',
    },
  };
  return options.to ? pino(settings, options.to) : pino(settings);
}
