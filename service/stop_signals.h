// SIGTERM and SIGINT, waited for instead of handled: no code runs inside a signal handler.
#ifndef MYOKINE_SERVICE_STOP_SIGNALS_H_
#define MYOKINE_SERVICE_STOP_SIGNALS_H_

namespace myokine {

// Holds both signals back. Call before any other thread starts: threads inherit it.
void HoldStopSignals();

// Waits for one of them and returns its name, `SIGTERM` or `SIGINT`. From then on another one ends the process at once.
const char* WaitForStopSignal();

}  // namespace myokine

#endif  // MYOKINE_SERVICE_STOP_SIGNALS_H_
