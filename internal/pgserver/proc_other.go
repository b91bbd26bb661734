//go:build !linux

package pgserver

import "syscall"

// procAttr gives the server a process group of its own. Only Linux can end it together with a parent that died hard.
func procAttr(cred *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: cred, Setpgid: true}
}

// roomFor names the folder for the server's data.
func roomFor() string { return "/tmp" }

// FollowParent does nothing here: only Linux tells a child that its parent died.
func FollowParent() {}
