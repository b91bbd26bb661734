package pgserver

import "syscall"

// procAttr gives the server a process group of its own, so that Ctrl-C reaches it through Stop alone, and lets the kernel end it
// when this process dies without having called Stop.
func procAttr(cred *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: cred, Setpgid: true, Pdeathsig: syscall.SIGQUIT}
}

// FollowParent asks the kernel to send SIGTERM to this process when its parent dies: `go run` killed hard would otherwise
// leave its child, and the server with it, behind.
func FollowParent() {
	const prSetPdeathsig = 1
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, prSetPdeathsig, uintptr(syscall.SIGTERM), 0)
}
