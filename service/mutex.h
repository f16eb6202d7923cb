// A std::mutex that clang's thread-safety analysis understands. Not absl::Mutex: ThreadSanitizer reports false races
// with the prebuilt one.
#ifndef MYOKINE_SERVICE_MUTEX_H_
#define MYOKINE_SERVICE_MUTEX_H_

#include <mutex>

#include "absl/base/thread_annotations.h"

namespace myokine {

// Members that it guards are marked `ABSL_GUARDED_BY(mutex_)`. Neither recursive nor fair.
class ABSL_LOCKABLE Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void Lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mutex_.lock(); }
  void Unlock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

// Holds a mutex for the length of a scope.
class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() ABSL_UNLOCK_FUNCTION() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace myokine

#endif  // MYOKINE_SERVICE_MUTEX_H_
