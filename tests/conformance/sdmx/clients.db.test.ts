import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { economySample } from '#districts/huangpu/generate/economy.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { openSdmxHouse } from './house.ts';

/*
 * An independent client reads structure and data over a socket (acceptance 4 of S6): `rsdmx` of R (Debian: r-cran-rsdmx), which reads
 * SDMX-ML. Where it is not installed the tests are skipped, and counted as such.
 */
const installed = spawnSync('Rscript', ['-e', 'library(rsdmx)'], { timeout: 60_000 }).status === 0;

let house: TestHouse;
let history: ReturnType<typeof economySample>;
let address = '';
beforeAll(async () => {
  if (!installed) return;
  ({ house, history } = await openSdmxHouse());
  address = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
}, 300_000);
afterAll(() => house?.close());

const R = async (script: string): Promise<string> =>
  (await promisify(execFile)('Rscript', ['-e', `suppressMessages(library(rsdmx)); ${script}`], { timeout: 120_000 }))
    .stdout;

describe.skipIf(!installed)('rsdmx', () => {
  it.each(['genericdata', 'structurespecificdata'])('reads every value of a series as %s', async (format) => {
    const url = `${address}/sdmx/2.1/data/SMART_DISTRICT,ECONOMY,1.0.0/M.RETAIL.310101._T._T.V.N.YTD?format=${format}`;
    const out = await R(
      `d <- as.data.frame(readSDMX("${url}")); time <- if ("obsTime" %in% names(d)) d$obsTime else d$TIME_PERIOD; value <- if ("obsValue" %in% names(d)) d$obsValue else d$OBS_VALUE; cat(paste(time, value), sep="\\n")`,
    );
    const read = new Map(
      out
        .trim()
        .split('\n')
        .map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]),
    );
    const expected = new Map(
      history.releases
        .filter((r) => r.state === 'published')
        .flatMap((r) => r.observations)
        .filter((o) => o.series === 'M.RETAIL.310101._T._T.V.N.YTD')
        .map((o) => [o.period, o.value]),
    );
    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(expected));
  });
  it('reads the data structure with its dimensions, and the codes of a list', async () => {
    const url = `${address}/sdmx/2.1/datastructure/SMART_DISTRICT/DSD_ECONOMY/1.0.0?references=descendants`;
    const out = await R(
      `m <- readSDMX("${url}"); ds <- slot(m, "datastructures")@datastructures[[1]]; dims <- sapply(ds@Components@Dimensions, function(d) d@conceptRef); cl <- slot(m, "codelists"); f <- as.data.frame(cl, codelistId = "CL_FREQ"); cat(paste(dims, collapse=" "), paste(f$id, collapse=" "), sep="\\n")`,
    );
    const [dimensions, codes] = out.trim().split('\n');
    expect(dimensions).toBe('FREQ INDICATOR REF_AREA INDUSTRY OWNERSHIP PRICE_BASE ADJUSTMENT ACCUMULATION');
    expect(codes).toBe('A Q M');
  });
  it('finds the dataflow', async () => {
    const out = await R(
      `f <- as.data.frame(readSDMX("${address}/sdmx/2.1/dataflow/all/all/latest")); cat(f$id, f$dsdRef)`,
    );
    expect(out.trim()).toBe('ECONOMY DSD_ECONOMY');
  });
});
