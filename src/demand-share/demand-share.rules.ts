/** How many people a share of those counted is, to whole people; null where they were not counted. */
export const shareOf = (counted: number | null, share: number): number | null =>
  counted === null ? null : Math.round(counted * share);

export const CODE_FORM = /^[a-z0-9]+(-[a-z0-9]+)*$/;
