import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { moment } from '../shared/columns.js';

/** One row: by which rules the index was made, and when it was last made anew. */
@Entity({ tableName: 'search_state' })
@Check({ name: 'search_state_once', expression: `name = 'index'` })
export class SearchState {
  @PrimaryKey({ type: 'text' })
  name!: string;

  @Property({ type: 'text' })
  rules!: string;

  @Property({ ...moment() })
  indexedAt!: Date;
}
