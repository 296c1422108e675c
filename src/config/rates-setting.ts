import { RATES, type Rate, type RatedOperation } from '../connect/rates.js';

/** What CONNECT_RATES takes, in words. */
export const RATES_FORM =
  'OPERATION=RATE/BURST, several with commas between them: calls per second, and how many at once after a pause';

/**
 * Reads rates: `StartTaskContact=10/20,SearchContacts=0.5/2`. What is not named keeps its default.
 *
 * @returns undefined where the text is none, or names no operation of the gateway
 */
export function readRates(text: string): Readonly<Record<RatedOperation, Rate>> | undefined {
  const rates: Record<RatedOperation, Rate> = { ...RATES };
  for (const part of text.split(',')) {
    const [, name = '', perSecond, burst] = /^(\w+)=(\d{1,6}(?:\.\d{1,3})?)\/([1-9]\d{0,5})$/.exec(part.trim()) ?? [];
    if (!Object.hasOwn(RATES, name) || Number(perSecond) === 0) return undefined;
    rates[name as RatedOperation] = { perSecond: Number(perSecond), burst: Number(burst) };
  }
  return rates;
}
