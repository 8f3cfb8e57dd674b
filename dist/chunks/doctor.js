// src/doctor.ts
const doctor = async () => 0;
export { doctor };
