//! The threads that share a computation: started once, woken for each parallel region.
//!
//! A token takes some two hundred regions of a few microseconds: threads first spin for the next
//! one, and sleep when none comes, so that nothing is burnt while the user thinks. The thread that
//! asks works too. Which thread takes which item is left to chance; results do not depend on it,
//! since each output is computed by one item.

#![expect(unsafe_code, reason = "a region borrows what threads that outlive it work on")]

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::CancelToken;

/// Work of a region: called once by each thread, which takes items until none is left.
type Region<'a> = dyn Fn(usize, &Items<'_>) + Sync + 'a;

/// Items of a region, taken one after the other.
pub struct Items<'a> {
    next: &'a AtomicUsize,
    count: usize,
    cancel: &'a CancelToken,
}

impl Items<'_> {
    /// The next item that no thread has taken; none once the user asked to stop.
    pub fn next(&self) -> Option<usize> {
        let item = self.next.fetch_add(1, Ordering::Relaxed);
        (item < self.count && !self.cancel.is_cancelled()).then_some(item)
    }
}

/// Threads that work together.
pub struct Pool {
    /// Ends regions early: what they leave unfinished is worthless, and the caller has to look.
    cancel: CancelToken,
    shared: Arc<Shared>,
    handles: Vec<JoinHandle<()>>,
}

struct Shared {
    /// Counts the regions; a change is the signal to start.
    epoch: AtomicUsize,
    /// Threads still at work on the region.
    busy: AtomicUsize,
    next: AtomicUsize,
    sleeping: AtomicUsize,
    failed: AtomicBool,
    quit: AtomicBool,
    /// The region that runs. Written while no thread is at work.
    task: Mutex<Option<Task>>,
    wake: Condvar,
}

/// A region, its number of items and what ends it, with their lifetimes taken away.
#[derive(Clone, Copy)]
struct Task {
    region: *const Region<'static>,
    items: usize,
    cancel: *const CancelToken,
}

// SAFETY: the region and the token are `Sync`, and `Pool::run` does not return before every thread
// has left the region.
unsafe impl Send for Task {}

/// Turns of the waiting loop before a thread sleeps: some tens of microseconds.
const SPINS: usize = 10_000;

/// Turns between two offers of the core to other threads.
const YIELD_EVERY: usize = 512;

impl Pool {
    /// A pool of this many threads, the asking one included; at least one.
    pub fn new(threads: usize) -> Self {
        let shared = Arc::new(Shared {
            epoch: AtomicUsize::new(0),
            busy: AtomicUsize::new(0),
            next: AtomicUsize::new(0),
            sleeping: AtomicUsize::new(0),
            failed: AtomicBool::new(false),
            quit: AtomicBool::new(false),
            task: Mutex::new(None),
            wake: Condvar::new(),
        });
        // A thread that the system refuses is done without.
        let handles = (1..threads)
            .map_while(|worker| {
                let shared = Arc::clone(&shared);
                std::thread::Builder::new()
                    .name(format!("calcul-{worker}"))
                    .spawn(move || shared.serve(worker))
                    .ok()
            })
            .collect();
        Self { cancel: CancelToken::default(), shared, handles }
    }

    /// Whether regions end early: what the last one left is worthless.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// From now on, regions end early when this token is cancelled.
    pub fn watch(&mut self, cancel: CancelToken) {
        self.cancel = cancel;
    }

    /// Threads, the asking one included.
    pub fn threads(&self) -> usize {
        self.handles.len() + 1
    }

    /// Runs a region on every thread and returns when all have left it.
    pub fn run(&self, items: usize, region: &Region<'_>) {
        let shared = &*self.shared;
        shared.next.store(0, Ordering::Relaxed);
        let own = Items { next: &shared.next, count: items, cancel: &self.cancel };
        if self.handles.is_empty() || items < 2 {
            region(0, &own);
            return;
        }
        let region_pointer = std::ptr::from_ref(region);
        // SAFETY: only the lifetime changes; the pointer is used by threads that this function
        // waits for before it returns, even when the region panics (see `Finish`).
        let region_pointer: *const Region<'static> = unsafe { std::mem::transmute(region_pointer) };
        let cancel = std::ptr::from_ref(&self.cancel);
        *lock(&shared.task) = Some(Task { region: region_pointer, items, cancel });
        shared.busy.store(self.handles.len(), Ordering::Relaxed);
        // Sequentially consistent with the sleepers' count: either a thread that falls asleep sees
        // the new epoch, or this thread sees that it sleeps.
        shared.epoch.fetch_add(1, Ordering::SeqCst);
        if shared.sleeping.load(Ordering::SeqCst) > 0 {
            drop(lock(&shared.task));
            shared.wake.notify_all();
        }
        let finish = Finish(shared);
        region(0, &own);
        drop(finish);
        assert!(!shared.failed.load(Ordering::Relaxed), "a computing thread failed");
    }

    /// Runs a function on every element, shared among the threads; some are left out when the
    /// user asked to stop.
    pub fn each<T: Send>(&self, elements: &mut [T], work: &(dyn Fn(&mut T) + Sync)) {
        if elements.len() < 2 || self.handles.is_empty() {
            elements.iter_mut().for_each(work);
            return;
        }
        let base = Base(elements.as_mut_ptr());
        self.run(elements.len(), &|_, items: &Items<'_>| {
            while let Some(item) = items.next() {
                // SAFETY: `item` is below the number of elements and no other thread gets it.
                work(unsafe { &mut *base.get().add(item) });
            }
        });
    }
}

/// Start of a slice whose elements are shared out.
struct Base<T>(*mut T);

impl<T> Base<T> {
    fn get(&self) -> *mut T {
        self.0
    }
}

// SAFETY: each element is handed to one thread, and `T` may change threads.
unsafe impl<T: Send> Sync for Base<T> {}

/// Waits for the other threads to leave the region.
struct Finish<'a>(&'a Shared);

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        let mut turns = 0_usize;
        while self.0.busy.load(Ordering::Acquire) > 0 {
            turns += 1;
            // The thread waited for may need this core.
            if turns.is_multiple_of(YIELD_EVERY) {
                std::thread::yield_now();
            }
            std::hint::spin_loop();
        }
    }
}

/// Tells that a thread has left the region, whatever happened in it.
struct Leave<'a>(&'a Shared);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.failed.store(true, Ordering::Relaxed);
        }
        self.0.busy.fetch_sub(1, Ordering::Release);
    }
}

impl Shared {
    fn serve(&self, worker: usize) {
        let mut seen = 0;
        while let Some((epoch, task)) = self.wait(seen) {
            seen = epoch;
            let leave = Leave(self);
            // SAFETY: `run` keeps the region and the token alive until `leave` is dropped.
            let (region, cancel) = unsafe { (&*task.region, &*task.cancel) };
            region(worker, &Items { next: &self.next, count: task.items, cancel });
            drop(leave);
        }
    }

    /// Waits for a region after `seen`; `None` when the pool is dropped.
    fn wait(&self, seen: usize) -> Option<(usize, Task)> {
        for turn in 0..SPINS {
            if self.epoch.load(Ordering::Acquire) != seen {
                break;
            }
            // On a loaded machine whoever has work for this thread may need its core.
            if turn % YIELD_EVERY == YIELD_EVERY - 1 {
                std::thread::yield_now();
            }
            std::hint::spin_loop();
        }
        let mut task = lock(&self.task);
        if self.epoch.load(Ordering::SeqCst) == seen {
            self.sleeping.fetch_add(1, Ordering::SeqCst);
            while self.epoch.load(Ordering::SeqCst) == seen && !self.quit.load(Ordering::SeqCst) {
                task = self.wake.wait(task).unwrap_or_else(PoisonError::into_inner);
            }
            self.sleeping.fetch_sub(1, Ordering::SeqCst);
        }
        if self.quit.load(Ordering::SeqCst) {
            return None;
        }
        task.map(|task| (self.epoch.load(Ordering::SeqCst), task))
    }
}

/// Nothing is done under the lock that could leave it half-changed.
fn lock(task: &Mutex<Option<Task>>) -> std::sync::MutexGuard<'_, Option<Task>> {
    task.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.quit.store(true, Ordering::SeqCst);
        drop(lock(&self.shared.task));
        self.shared.wake.notify_all();
        for handle in self.handles.drain(..) {
            // A thread that panicked has nothing to give back.
            let _ = handle.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_done_once() {
        for threads in 1..5 {
            let pool = Pool::new(threads);
            for round in 0..200 {
                let mut done = vec![0_u32; round];
                pool.each(&mut done, &|count| *count += 1);
                assert!(done.iter().all(|count| *count == 1), "{threads} threads, {round} items");
            }
        }
    }

    #[test]
    fn sleeping_threads_wake() {
        let pool = Pool::new(3);
        for _ in 0..3 {
            std::thread::sleep(std::time::Duration::from_millis(30));
            let workers = Mutex::new(std::collections::BTreeSet::new());
            pool.run(64, &|worker, items: &Items<'_>| {
                while items.next().is_some() {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                    workers.lock().unwrap().insert(worker);
                }
            });
            assert_eq!(workers.into_inner().unwrap().len(), 3);
        }
    }
}
