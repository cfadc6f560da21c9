import { aLine, anObject, type Check, fitting, listOf, whole } from '../record/fault.rules.js';

/** One question of a questionnaire; answers are whole numbers from `lowest` to `highest`. */
export interface AuditQuestion {
  /** The same in all editions. */
  readonly code: string;
  readonly text: string;
  readonly lowest: number;
  readonly highest: number;
  /** What the ends of the scale mean. */
  readonly lowestMeans: string;
  readonly highestMeans: string;
}

const CODE = /^[a-z][a-z0-9-]{1,59}$/;

export const aCode: Check = fitting(
  text => CODE.test(text),
  'Ein Kürzel hat 2 bis 60 Kleinbuchstaben, Ziffern und Bindestriche.',
);

const MOST_QUESTIONS = 100;

const aScale: Check = (value, path) => {
  const { lowest, highest } = value as unknown as AuditQuestion;
  return lowest < highest ? [] : [{ path: [...path, 'highest'], message: 'Die Skala endet über ihrem Anfang.' }];
};

/** What questions have to be like. */
export const someQuestions: Check = listOf(
  anObject(
    {
      code: aCode,
      text: aLine(500),
      lowest: whole(0, 100),
      highest: whole(0, 100),
      lowestMeans: aLine(),
      highestMeans: aLine(),
    },
    aScale,
  ),
  MOST_QUESTIONS,
  1,
);

/**
 * The question of an earlier edition that has the same code and another scale, by its place in the list: its answers could
 * not be compared with those of before. -1 where there is none.
 */
export const otherScale = (questions: readonly AuditQuestion[], earlier: readonly AuditQuestion[]): number =>
  questions.findIndex(({ code, lowest, highest }) =>
    earlier.some(one => one.code === code && (one.lowest !== lowest || one.highest !== highest)),
  );
