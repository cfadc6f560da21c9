import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * An empty search that was counted today: nobody counts twice by asking again. The mark is a keyed hash of who asked
 * what on which day, and tells neither; the clock's next round forgets those of yesterday.
 */
@Entity({ tableName: 'gap_search' })
export class GapSearch {
  @PrimaryKey({ type: 'text' })
  mark!: string;

  @Property({ type: 'date', index: true })
  day!: string;
}
