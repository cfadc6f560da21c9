/** What the API says of every edit that may confirm, too. */
export const CONFIRM = {
  nullable: true,
  description:
    'Groups of fields that are right as they stand after the edit: so they are confirmed with it, but for those of which something waits for the coordination. An edit that changes something of a group and says all of its fields (opening hours always) confirms that group by itself.',
} as const;
