//! Nothing but tests, which compare wazir with independent engines and validators.
