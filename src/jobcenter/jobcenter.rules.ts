/** How a Jobcenter is run: §44b or §6a SGB II. */
export enum JobcenterForm {
  JOINT_FACILITY = 'JOINT_FACILITY',
  APPROVED_MUNICIPALITY = 'APPROVED_MUNICIPALITY',
}
