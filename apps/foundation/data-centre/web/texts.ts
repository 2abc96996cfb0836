import { addTexts } from '#web/i18n/index.ts';
import { en } from './texts.en.ts';
import { zh } from './texts.zh.ts';

addTexts('data-centre', { zh, en });
