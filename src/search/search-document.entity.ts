import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/postgresql';
import { JobOpening } from '../job-opening/job-opening.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { Publication } from '../publication/publication.entity.js';
import { Service } from '../service/service.entity.js';
import { sortedName } from '../shared/columns.js';

/** What a partner, a service, a job opening or a publication is found by; kept up by `indexRecords` in the transaction that writes the record. */
@Entity({ tableName: 'search_document' })
@Check({ name: 'search_document_owner', expression: '(partner_id is null) = (publication_id is not null)' })
// Without fastupdate: rows that wait in a pending list make the planner read the whole table.
@Index({
  name: 'search_document_terms',
  expression: 'create index search_document_terms on search_document using gin (terms) with (fastupdate = off)',
})
export class SearchDocument {
  /** Of the service, the job opening or the publication, or else of the partner. */
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** Itself, or whose it is; a publication is of its network alone. */
  @ManyToOne(() => Partner, { ref: true, nullable: true, index: true, deleteRule: 'cascade' })
  partner!: Ref<Partner> | null;

  @Unique()
  @ManyToOne(() => Service, { ref: true, nullable: true, deleteRule: 'cascade' })
  service!: Ref<Service> | null;

  @Unique()
  @ManyToOne(() => JobOpening, { ref: true, nullable: true, deleteRule: 'cascade' })
  jobOpening!: Ref<JobOpening> | null;

  @Unique()
  @ManyToOne(() => Publication, { ref: true, nullable: true, deleteRule: 'cascade' })
  publication!: Ref<Publication> | null;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  /** Of the record, for the order of those that are found equally good. */
  @Property(sortedName())
  name!: string;

  /** Terms by their weight: see `vectorOf` of the rules. */
  @Property({ type: 'text', columnType: 'tsvector', lazy: true })
  terms!: string;
}
