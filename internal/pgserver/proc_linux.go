package pgserver

import "syscall"

// procAttr gives the server a process group of its own, so that Ctrl-C reaches it through Stop alone, and lets the kernel end it
// when this process dies without having called Stop.
func procAttr(cred *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: cred, Setpgid: true, Pdeathsig: syscall.SIGQUIT}
}

// roomFor names the folder for the server's data: in memory where there is plenty, because a new database is a copy of some three
// hundred small files, which takes ten times as long on a busy disk. Containers often have only 64 MB there.
func roomFor() string {
	const memory, plenty = "/dev/shm", 2 << 30
	var fs syscall.Statfs_t
	if err := syscall.Statfs(memory, &fs); err != nil || fs.Bavail*uint64(fs.Bsize) < plenty {
		return "/tmp"
	}
	return memory
}

// FollowParent asks the kernel to send SIGTERM to this process when its parent dies: `go run` killed hard would otherwise
// leave its child, and the server with it, behind.
func FollowParent() {
	const prSetPdeathsig = 1
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, prSetPdeathsig, uintptr(syscall.SIGTERM), 0)
}
